/**
 * memo: a component that renders again only when one of its properties is another value.
 */
import { Component, createElement } from "preact";
import type { FunctionComponent, RenderableProps } from "preact";

export function memo<P extends object>(Inner: FunctionComponent<P>): new (props: P) => Component<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<RenderableProps<P>>): boolean {
      const before = this.props;
      const keys = new Set([...Object.keys(before), ...Object.keys(next)]) as Set<keyof P>;
      return [...keys].some((key) => before[key] !== next[key]);
    }

    override render(props: RenderableProps<P>) {
      return createElement(Inner, props as P);
    }
  };
}
