/** What the output may use. The caller decides (terminal, flags, environment); nothing here looks at a process. */
export interface Look {
  readonly colour: boolean;
  readonly unicode: boolean;
  /** Columns. Values wrap at it and are never cut; commands to copy stay on one line. */
  readonly width: number;
}

/** The signs of our own that an output uses. Each has an ASCII form of the same meaning. */
export interface Signs {
  readonly arrow: string;
  readonly times: string;
  readonly over: string;
  readonly dot: string;
  readonly rule: string;
  readonly bar: string;
  readonly cut: string;
}

const unicodeSigns: Signs = { arrow: "→", times: "×", over: "÷", dot: "·", rule: "─", bar: "│", cut: "…" };
const asciiSigns: Signs = { arrow: "->", times: "x", over: "/", dot: "|", rule: "-", bar: "|", cut: "..." };

/** The signs in the form that the output can show. */
export function signsOf(look: Look): Signs {
  return look.unicode ? unicodeSigns : asciiSigns;
}
