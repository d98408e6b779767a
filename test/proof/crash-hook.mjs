// Preloaded into the built command (NODE_OPTIONS=--import): counts the places at which a process can die between two
// things that it does to the disk or the wire, and kills itself at one of them. The product knows nothing of it.
//
//   CRASH_AT     the number of the boundary, from 1; none: nobody dies
//   CRASH_COUNT  a file that gets how many boundaries there were, with their names, when the process ends by itself
import fs from "node:fs";
import promises from "node:fs/promises";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";

const crashAt = Number(process.env.CRASH_AT ?? 0);
const passed = [];
const real = { ...fs };

/** A place to die at. */
function boundary(name) {
  passed.push(name);
  if (passed.length === crashAt) die();
}

function die() {
  process.kill(process.pid, "SIGKILL");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // the signal may take a moment
}

/** The lockfile, its journal, its lock, its temporary file. */
const isState = (path) => typeof path === "string" && basename(path).includes("gstable.lock.json");

// The journal: written at once, synced while the program goes on.
const open = new Map();
const nameOf = (file) => open.get(file);

fs.openSync = (path, ...rest) => {
  if (isState(path)) boundary(`before open ${short(path)}`);
  const file = real.openSync(path, ...rest);
  if (isState(path)) open.set(file, short(path));
  return file;
};

fs.writeSync = (file, bytes, from = 0, ...rest) => {
  const name = nameOf(file);
  if (name === undefined) return real.writeSync(file, bytes, from, ...rest);
  boundary(`before write ${name}`);
  if (passed.length + 1 === crashAt) {
    real.writeSync(file, bytes, from, Math.max(1, Math.floor((bytes.length - from) / 2)));
  }
  boundary(`half of write ${name}`);
  return real.writeSync(file, bytes, from, ...rest);
};

fs.fsyncSync = (file) => {
  const name = nameOf(file);
  if (name !== undefined) boundary(`before sync ${name}`);
  real.fsyncSync(file);
  if (name !== undefined) boundary(`after sync ${name}`);
};

fs.fdatasync = (file, done) => {
  const name = nameOf(file);
  if (name !== undefined) boundary(`before sync ${name}`);
  real.fdatasync(file, (error) => {
    if (name !== undefined) boundary(`after sync ${name}`);
    done(error);
  });
};

fs.closeSync = (file) => {
  open.delete(file);
  real.closeSync(file);
};

// What is written in one step: the lockfile and its lock.
for (const call of ["open", "rename", "rm", "link", "writeFile"]) {
  const original = promises[call];
  promises[call] = async (path, ...rest) => {
    if (!isState(path)) return original(path, ...rest);
    boundary(`before ${call} ${short(path)}`);
    const result = await original(path, ...rest);
    boundary(`after ${call} ${short(path)}`);
    return call === "open" ? watched(result, short(path)) : result;
  };
}

function watched(handle, name) {
  for (const call of ["writeFile", "sync"]) {
    const original = handle[call].bind(handle);
    handle[call] = async (...args) => {
      const result = await original(...args);
      boundary(`after ${call} ${name}`);
      return result;
    };
  }
  return handle;
}

// The wire.
const { request } = http;
http.request = (url, ...rest) => {
  const { pathname } = new URL(url);
  boundary(`before sending ${pathname}`);
  const outgoing = request(url, ...rest);
  outgoing.on("response", () => boundary(`after the answer of ${pathname}`));
  return outgoing;
};

/** Process ids and random parts differ from run to run. */
function short(path) {
  return basename(path).replace(/\d{2,}|[0-9a-f]{8}-[0-9a-f-]+/g, "N");
}

syncBuiltinESMExports();

process.on("exit", () => {
  if (process.env.CRASH_COUNT) real.writeFileSync(process.env.CRASH_COUNT, JSON.stringify(passed));
});
