# rer completion for zsh: put into ~/.zshrc  eval "$(rer completion zsh)"
_rer_complete() {
    local -a items
    local before
    items=(${(f)"$(rer complete -- "${(j: :)words[1,CURRENT]}" 2>/dev/null)}"})
    if [[ "$items[1]" == :path:* ]]; then
        before="${items[1]#:path:}"
        [[ -z "$before" ]] || compset -P "${(b)before}"
        _files
    else
        # zsh adds quotes where they are needed. With -Q, it would insert completions unquoted.
        compadd -- "${items[@]}"
    fi
}
compdef _rer_complete rer
