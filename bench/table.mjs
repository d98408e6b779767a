// Results as one table of Markdown per task.

/** @typedef {{ task: string, program: string, wallMs: number, cpuMs: number, peakMiB: number, calls: number | null }} Row */

/** @param {readonly Row[]} rows */
export function renderRows(rows) {
  const tasks = [...new Set(rows.map(({ task }) => task))];
  return tasks.map((task) => renderTask(task, rows)).join("\n");
}

/** Each program beside ours: how many times its wall time ours is. @param {string} task @param {readonly Row[]} all */
function renderTask(task, all) {
  const rows = all.filter((row) => row.task === task);
  const ours = rows.find(({ program }) => program.startsWith("gstable-sync"));
  const lines = rows.map(({ program, wallMs, cpuMs, peakMiB, calls }) => {
    const ratio = ours === undefined ? "" : `${(wallMs / ours.wallMs).toFixed(2)} x`;
    const cells = [
      program,
      seconds(wallMs),
      ratio,
      seconds(cpuMs),
      `${Math.round(peakMiB)} MiB`,
      calls ?? "-",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `**${task}**`,
    "",
    "| program | wall | of ours | CPU | peak memory | calls |",
    "|---|--:|--:|--:|--:|--:|",
    ...lines,
    "",
  ].join("\n");
}

/** @param {number} ms */
function seconds(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
