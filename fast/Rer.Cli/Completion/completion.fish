# rer completion for fish: put into config.fish  rer completion fish | source
function __rer_complete
    set -l line (commandline -cp | string collect)
    # fish adds quotes where they are needed.
    for item in (rer complete -- "$line" 2>/dev/null)
        if string match -q -- ':path:*' $item
            set -l before (string sub -s 7 -- $item)
            set -l word (string unescape -- (commandline -ct))
            __fish_complete_path (string sub -s (math (string length -- "$before") + 1) -- "$word") | string replace -r '^' -- "$before"
        else
            printf '%s\n' $item
        end
    end
end
complete -c rer -f -a '(__rer_complete)'
