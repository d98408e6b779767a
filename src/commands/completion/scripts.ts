export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * What a shell runs for TAB: it hands the words to the program that is being typed, and shows what comes back. No word
 * is ever evaluated: what somebody has half typed, `$(…)` among it, is not run by asking for help.
 */
const bash = `# gstable-sync completion for bash (3.2 and later). In ~/.bashrc:
#   eval "$(gstable-sync completion bash)"
_gstable_sync() {
  local line cur="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == ":files" ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
}
complete -F _gstable_sync gstable-sync
`;

const zsh = `#compdef gstable-sync
# gstable-sync completion for zsh. In ~/.zshrc, after compinit:
#   eval "$(gstable-sync completion zsh)"
_gstable_sync() {
  local line
  local -a found
  while IFS= read -r line; do
    if [[ $line == ":files" ]]; then
      _files
      return
    fi
    found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${(Q)words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)
  _describe -V 'gstable-sync' found
}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then
  _gstable_sync "$@"
else
  compdef _gstable_sync gstable-sync
fi
`;

const fish = `# gstable-sync completion for fish. In ~/.config/fish/config.fish:
#   gstable-sync completion fish | source
function __gstable_sync_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in ($program complete -- $words "$last" 2>/dev/null </dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$last"
        else
            printf '%s\\n' $line
        end
    end
end
complete -c gstable-sync -f -a '(__gstable_sync_complete)'
`;

/** The script that a shell sources. */
export const completionScripts: { readonly [S in Shell]: string } = { bash, zsh, fish };
