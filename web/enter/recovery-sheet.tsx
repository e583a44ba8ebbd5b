/**
 * RecoverySheet: what is printed in place of the screen: words, key, and how to open recordings
 * without Sill. One page of paper, black on white.
 */
import { words as texts } from "../words.ts";

const { sheet: say } = texts.enter;

interface Props {
  readonly words: readonly string[];
  readonly identity: string;
  readonly name: string;
}

export function RecoverySheet({ words, identity, name }: Props) {
  return (
    <article class="sheet" aria-hidden="true">
      <h1>{say.title}</h1>
      <p>{say.of(name)}</p>
      <p>{say.keep}</p>
      <h2>{say.words}</h2>
      <ol class="sheet-words">
        {words.map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
      <p>{say.wordsUse}</p>
      <h2>{say.key}</h2>
      <p class="sheet-code">{identity}</p>
      <h2>{say.without}</h2>
      <p>{say.withoutNote}</p>
      <pre class="sheet-code">{say.commands}</pre>
    </article>
  );
}
