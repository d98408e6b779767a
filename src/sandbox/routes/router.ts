/** One line of a table of routes; `:name` in the path is a parameter. */
export interface Route<H> {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly handler: H;
}

interface Match<H> {
  readonly route: Route<H>;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the first route of the table that fits. */
export function createRouter<H>(routes: readonly Route<H>[]) {
  const table = routes.map((route) => ({ route, segments: route.path.split("/") }));
  return (method: string, path: string): Match<H> | undefined => {
    const asked = path.split("/");
    for (const { route, segments } of table) {
      if (route.method !== method || segments.length !== asked.length) continue;
      const params = matchSegments(segments, asked);
      if (params !== undefined) return { route, params };
    }
    return undefined;
  };
}

function matchSegments(
  segments: readonly string[],
  asked: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const text = asked[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== text) return undefined;
      continue;
    }
    const value = decoded(text);
    if (value === undefined || value === "") return undefined;
    params[segment.slice(1)] = value;
  }
  return params;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
