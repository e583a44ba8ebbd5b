/**
 * BeforeAfter: where a parcel was left or taken: the place before and after, side by side.
 *
 * The doorbell keeps one pair of each for a recording, sealed as its thumbnail is. A picture that is missing (none was
 * written, or not yet) or that cannot be opened is not shown, and what is left keeps its words.
 */
import type { Clip } from "../../daemon/wire/api.ts";
import type { HappeningKind } from "../../daemon/wire/what.ts";
import { usePicture } from "../events/use-picture.ts";
import { isParcel, type ParcelKind } from "../events/what-of.ts";
import { clipPaths } from "../state/api.ts";
import { words } from "../words.ts";

const { what: say } = words;

interface Props {
  readonly clip: Clip;
  readonly happenings: readonly HappeningKind[];
}

export function BeforeAfter({ clip, happenings }: Props) {
  return (
    <>
      {happenings.filter(isParcel).map((kind) => (
        <Pair key={`${clip.id} ${kind}`} clip={clip} kind={kind} />
      ))}
    </>
  );
}

function Pair({ clip: { id, state }, kind }: { readonly clip: Clip; readonly kind: ParcelKind }) {
  const before = usePicture(clipPaths.picture(id, `${kind}-before`), state);
  const after = usePicture(clipPaths.picture(id, `${kind}-after`), state);
  if (before === null && after === null) return null;
  return (
    <div class="before-after" data-testid={kind}>
      <Place picture={before} name={say.before} of={say.pictureOf[kind]} />
      <Place picture={after} name={say.after} of={say.pictureOf[kind]} />
    </div>
  );
}

interface PlaceProps {
  readonly picture: string | null;
  readonly name: string;
  readonly of: string;
}

function Place({ picture, name, of }: PlaceProps) {
  if (picture === null) return null;
  return (
    <figure>
      <img src={picture} alt={`${name}: ${of}`} decoding="async" />
      <figcaption>{name}</figcaption>
    </figure>
  );
}
