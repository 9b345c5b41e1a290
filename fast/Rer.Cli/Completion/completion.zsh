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
        # Without -Q, which would insert what is found as it is, zsh puts quotes where they are needed.
        compadd -- "${items[@]}"
    fi
}
compdef _rer_complete rer
