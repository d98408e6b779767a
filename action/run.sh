#!/usr/bin/env bash
# Runs one command of gstable-sync for action.yml. A plan with changes is a green check, one that a guard refuses a red
# one; drift is red, so that somebody looks.
set -euo pipefail

case "$INPUT_COMMAND" in
  validate | plan | apply | drift) ;;
  *)
    echo "::error::command is none of validate, plan, apply and drift" >&2
    exit 1
    ;;
esac

# The repository's own installation is pinned by its lockfile; otherwise the version that this action was made for.
if [ -x node_modules/.bin/gstable-sync ]; then
  sync=(node_modules/.bin/gstable-sync)
else
  sync=(npx --yes "gstable-sync@$INPUT_VERSION")
fi

words=("$INPUT_COMMAND" --config "$INPUT_CONFIG" --format github)
if [ -n "$INPUT_ENVIRONMENT" ]; then words+=(--env "$INPUT_ENVIRONMENT"); fi
if [ "$INPUT_COMMAND" = plan ]; then words+=(--detailed-exitcode); fi
if [ "$INPUT_COMMAND" = plan ] || [ "$INPUT_COMMAND" = drift ]; then
  words+=(--report "github-comment=$COMMENT_FILE")
fi
while IFS= read -r word; do
  if [ -n "$word" ]; then words+=("$word"); fi
done <<<"$INPUT_ARGUMENTS"

code=0
"${sync[@]}" "${words[@]}" || code=$?
if [ "$INPUT_COMMAND" = plan ] && [ "$code" = 2 ]; then exit 0; fi
exit "$code"
