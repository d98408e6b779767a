// The cheapest way to the API from Node: node:http, connections kept.
import { Agent, request } from "node:http";

const base = new URL(process.env.GSTABLE_BASE_URL);
const agent = new Agent({ keepAlive: true, maxSockets: Number(process.env.BENCH_SOCKETS ?? 16) });
const authorization = `Bearer ${process.env.GSTABLE_API_KEY}`;

export const get = (path) => send("GET", path);
export const post = (path, body) => send("POST", path, JSON.stringify(body));

function send(method, path, body) {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname } = base;
    const headers = { authorization, "content-type": "application/json" };
    const options = { agent, hostname, port, method, path: pathname + path, headers };
    const outgoing = request(options, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const { code, data, message } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
        if (code === 0) resolve(data);
        else reject(new Error(`${path}: ${code} ${message}`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
