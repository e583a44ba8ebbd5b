/**
 * Facts: what is true of this doorbell, for those who pass by; and what its owner has not said yet.
 *
 * From the settings and the signed policy in force alone. Retention is the shorter of the two, as
 * the janitor keeps it. An empty setting is null here, never a made-up default.
 */
import type { Settings } from "../../../config/schema.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import { viewOf } from "../../../hal/view.ts";
import type { Policy } from "../../policy/policy.ts";
import type { MaskShape } from "../../policy/shape.ts";
import { shapeInView } from "../../policy/view.ts";

/** What a policy says that concerns passers-by. */
export type PolicyFacts = MaskShape & Pick<Policy, "retentionHours" | "picture" | "audio" | "publish">;

export interface NoticeFacts {
  readonly controller: string | null;
  readonly contact: string | null;
  readonly purpose: string | null;
  /** Recordings live at most so long. */
  readonly retentionHours: number;
  /** null = no line is drawn, so nothing is seen. */
  readonly shape: MaskShape | null;
  readonly picture: FrameGeometry;
  /** Where a phone finds the page; null = nowhere yet. */
  readonly address: string | null;
  readonly simulated: boolean;
  /** People of the house may hear the door while they talk to it. */
  readonly heard: boolean;
  /** Something that is not Sill is given the masked picture. */
  readonly given: boolean;
}

export interface FactSources {
  readonly settings: Pick<Settings, "notice" | "storage" | "camera">;
  readonly policy: PolicyFacts | null;
  /** The eye obeys it; false = it says that it does not, so nothing is seen. */
  readonly inForce: boolean;
  readonly address: string | null;
}

export function noticeFacts({ settings, policy, inForce, address }: FactSources): NoticeFacts {
  const { notice, storage, camera } = settings;
  return {
    controller: notice.controller || null,
    contact: notice.contact || null,
    purpose: notice.purpose || null,
    retentionHours: Math.min(storage.retentionHours, policy?.retentionHours ?? Infinity),
    ...shownIn(camera, inForce ? policy : null),
    address,
    simulated: camera.driver === "sim",
    heard: policy?.audio ?? false,
    given: Object.values(policy?.publish ?? {}).includes(true),
  };
}

/** The line as it lies in the picture that is shown: the camera may be turned and cropped. */
function shownIn(
  camera: Settings["camera"],
  policy: PolicyFacts | null,
): Pick<NoticeFacts, "shape" | "picture"> {
  const view = viewOf(policy?.picture ?? { width: camera.width, height: camera.height }, camera);
  return { shape: policy === null ? null : shapeInView(policy, view), picture: view.size };
}

export const noticeGaps = ["controller", "contact", "purpose", "line", "address"] as const;
/** Something that a sign needs and this one does not have. */
export type NoticeGap = (typeof noticeGaps)[number];

export function gapsOf(facts: NoticeFacts): NoticeGap[] {
  const { controller, contact, purpose, shape: line, address } = facts;
  const said = { controller, contact, purpose, line, address };
  return noticeGaps.filter((gap) => said[gap] === null);
}
