/** The workflow of GitHub Actions: what a pull request would change, what a merge applies, what drifted overnight. */
export const githubWorkflow = `# Pull requests show what would change, the merge applies it, every night somebody is told of drift.
#
# Secrets: GSTABLE_READ_KEY (rk_live_…) of the repository; GSTABLE_WRITE_KEY (sk_live_…) of the environment
# "production", restricted to the branch main. Protect main, and let CODEOWNERS review gstable.config.yaml.
name: gstable

on:
  pull_request:
  push: { branches: [main] }
  schedule: [{ cron: "17 4 * * *" }]
  workflow_dispatch:

permissions: { contents: read }

jobs:
  validate: # needs no key, so it works for pull requests from forks as well
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
      - run: npm ci --ignore-scripts
      - run: npx gstable-sync validate --format github

  plan: # annotates the YAML, and shows the plan in the run's summary
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
      - run: npm ci --ignore-scripts
      - run: npx gstable-sync plan --format github
        env: { GSTABLE_API_KEY: "\${{ secrets.GSTABLE_READ_KEY }}" }

  apply:
    if: github.ref == 'refs/heads/main' && (github.event_name == 'push' || github.event_name == 'workflow_dispatch')
    runs-on: ubuntu-latest
    environment: production
    concurrency: { group: gstable-apply, cancel-in-progress: false } # one writer at a time, and none is cut off
    permissions: { contents: write }
    steps:
      - uses: actions/checkout@v4
        with: { ref: main } # the tip: an older commit would undo a newer one
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
      - run: npm ci --ignore-scripts
      - run: npx gstable-sync apply --auto-approve
        env: { GSTABLE_API_KEY: "\${{ secrets.GSTABLE_WRITE_KEY }}" }
      - name: Save lockfile and journal
        if: always() # also when apply failed: they know what was made, and the next run goes on from there
        run: |
          git config user.name gstable-sync
          git config user.email gstable-sync@users.noreply.github.com
          git add --update .
          for file in gstable.lock*.json gstable.lock*.json.journal; do
            if [ -e "$file" ]; then git add "$file"; fi
          done
          git diff --cached --quiet || git commit -m "Record what was applied"
          for attempt in 1 2 3; do
            git push && exit 0
            git pull --rebase
          done
          exit 1

  drift: # exit code 2, and so a red job, when somebody changed something outside
    if: github.event_name == 'schedule'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
      - run: npm ci --ignore-scripts
      - run: npx gstable-sync drift --format github
        env: { GSTABLE_API_KEY: "\${{ secrets.GSTABLE_READ_KEY }}" }
`;
