import { Composer, type CST, type Document, type ParsedNode } from "yaml";

/**
 * Documents as plain YAML 1.2: no merge keys, repeated keys kept for us to report, nothing printed. One by one, since
 * what follows the first may be nobody's interest. Throws on what the package gives up on.
 */
export function compose(
  tokens: readonly CST.Token[],
  length: number,
): Generator<Document.Parsed<ParsedNode>> {
  const composer = new Composer<ParsedNode>({
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  return composer.compose(tokens, true, length) as Generator<Document.Parsed<ParsedNode>>;
}
