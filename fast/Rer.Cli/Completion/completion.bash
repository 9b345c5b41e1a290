# rer completion for bash: put into ~/.bashrc  eval "$(rer completion bash)"
_rer_complete() {
    local line="${COMP_LINE:0:COMP_POINT}" word item before='' quote=''
    COMPREPLY=()
    # The word as typed. readline replaces the part after an opening quote or, without one, after the last character that
    # breaks words.
    word="${line##*[[:blank:]]}"
    case "$word" in
        [\'\"]*) quote="${word:0:1}" word="${word:1}" ;;
        *) before="${word%"${word##*["$COMP_WORDBREAKS"]}"}" ;;
    esac
    while IFS= read -r item; do
        case "$item" in
            :path:*) compopt -o default ;; # readline knows best
            "$before"*)
                item="${item#"$before"}"
                # Quote what needs quotes. Inside quotes that are already open, leave it out.
                if [ -z "$quote" ]; then
                    printf -v item '%q' "$item"
                elif [[ "$item" == *[!a-zA-Z0-9_.,=@#~\<\>+-]* ]]; then
                    continue
                fi
                COMPREPLY+=("$item")
                ;;
        esac
    done < <(rer complete -- "$line" 2>/dev/null)
}
complete -F _rer_complete rer
