/** The pipeline of GitLab CI: what a merge request would change, what a merge applies, what drifted overnight. */
export const gitlabPipeline = `# Merge requests show what would change, the merge applies it, a scheduled pipeline tells of drift.
#
# Variables: GSTABLE_READ_KEY (rk_live_…), masked; GSTABLE_WRITE_KEY (sk_live_…), masked, protected and of the
# environment "production"; GSTABLE_PUSH_TOKEN, a project access token that may push to the default branch, protected.
default:
  image: node:24
  before_script:
    - npm ci --ignore-scripts

validate: # needs no key, so it works for merge requests from forks as well
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - npx gstable-sync validate

plan: # the job's log is what reviewers read, with a widget in the merge request and findings at the lines
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID
  script:
    - export GSTABLE_API_KEY="$GSTABLE_READ_KEY"
    - npx gstable-sync plan --report gitlab-terraform=plan.json --report gitlab-codequality=quality.json --report html=plan.html
  artifacts:
    when: always
    expose_as: Plan
    paths: [plan.html]
    reports: { terraform: plan.json, codequality: quality.json }

apply:
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && ($CI_PIPELINE_SOURCE == "push" || $CI_PIPELINE_SOURCE == "web")
  environment: production
  resource_group: gstable-apply # one writer at a time
  interruptible: false
  script:
    # The tip: an older commit would undo a newer one.
    - git fetch origin "$CI_DEFAULT_BRANCH"
    - git checkout -B "$CI_DEFAULT_BRANCH" "origin/$CI_DEFAULT_BRANCH"
    - npm ci --ignore-scripts
    - export GSTABLE_API_KEY="$GSTABLE_WRITE_KEY"
    - npx gstable-sync apply --auto-approve
  after_script: # also when apply failed: lockfile and journal know what was made, and the next run goes on from there
    - git config user.name gstable-sync
    - git config user.email "gstable-sync@$CI_SERVER_HOST"
    - git add --update .
    - for file in gstable.lock*.json gstable.lock*.json.journal; do if [ -e "$file" ]; then git add "$file"; fi; done
    - git diff --cached --quiet || git commit -m "Record what was applied [skip ci]"
    - git push "https://gstable:$GSTABLE_PUSH_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git" "HEAD:$CI_DEFAULT_BRANCH"

drift: # exit code 2, and so a red job, when somebody changed something outside
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - export GSTABLE_API_KEY="$GSTABLE_READ_KEY"
    - npx gstable-sync drift
`;
