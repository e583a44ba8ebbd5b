/**
 * SignIcon: the sign of an event, in its colour. Decoration: the words beside it say the same.
 */
import { Icon } from "../look/icons.tsx";
import { signIcons, type Sign } from "./signs.ts";

export function SignIcon({ sign }: { readonly sign: Sign }) {
  return <Icon name={signIcons[sign]} class={`sign sign-${sign}`} />;
}
