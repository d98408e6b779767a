#!/usr/bin/env bash
# Keeps one comment on a pull request up to date: the one that begins with the same hidden marker, written by a bot.
# Without the right to comment (a fork's pull request) the step summary has the same text, so that is no failure.
set -euo pipefail

# `env.MARKER` in the filter below: the marker is data there, never a part of the program.
MARKER="$(head -n 1 "$COMMENT_FILE")"
export MARKER
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"

find_comment() {
  gh api --paginate "$comments" \
    --jq '.[] | select(.user.type == "Bot" and (.body | startswith(env.MARKER))) | .id' | head -n 1
}

if ! id="$(find_comment)"; then
  echo "::notice::the comments of the pull request cannot be read: see the step summary" >&2
  exit 0
fi
if [ -n "$id" ]; then
  target=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id")
else
  target=(--method POST "$comments")
fi
if ! gh api --silent "${target[@]}" --field "body=@$COMMENT_FILE"; then
  echo "::notice::the comment cannot be written: see the step summary" >&2
fi
