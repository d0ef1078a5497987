using System.Text;

namespace NodeData.Cli.Completion;

/// <summary>Completion for bash, as a script that asks nobody: it is as fast as the shell.</summary>
internal static class BashCompletion
{
    public static string Of(IReadOnlyList<CompletableCommand> commands)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # Completion of node-data for bash. In ~/.bashrc: eval "$(node-data completion bash)"
            _node_data_commands() {
              case "$1" in

            """
        );
        foreach (var command in commands.Where(command => command.Commands.Count > 0))
        {
            script.Append($"    '{command.Path}') echo '{string.Join(' ', command.Commands.Select(word => word.Name))}' ;;\n");
        }

        script.Append("  esac\n}\n_node_data_arguments() {\n  case \"$1\" in\n");
        foreach (var command in commands.Where(command => command.Values.Count > 0))
        {
            script.Append($"    '{command.Path}') echo '{string.Join(' ', command.Values)}' ;;\n");
        }

        script.Append("  esac\n}\n_node_data_options() {\n  case \"$1\" in\n");
        foreach (var command in commands)
        {
            script.Append($"    '{command.Path}') echo '{string.Join(' ', command.Options.Select(option => option.Name))}' ;;\n");
        }

        script.Append("  esac\n}\n_node_data_values() {\n  case \"$1|$2\" in\n");
        foreach (var (command, option) in commands.SelectMany(command => command.Options.Select(option => (command, option))))
        {
            if (option.TakesValue)
            {
                var values = option.TakesFile ? "compgen -f -- \"$3\"" : $"compgen -W '{string.Join(' ', option.Values)}' -- \"$3\"";
                script.Append($"    '{command.Path}|{option.Name}') {values}; return 0 ;;\n");
            }
        }

        return script.Append(Rest).ToString();
    }

    // The line is split at blanks alone: bash would split a scope at its colon, and puts in only what stands behind the last one.
    private const string Rest = """
          esac
          return 1
        }
        _node_data() {
          local line=${COMP_LINE:0:COMP_POINT} path='' word previous='' current words found
          read -ra words <<<"$line"
          case "$line" in *[[:space:]]) current='' ;; *) current=${words[-1]}; unset 'words[-1]' ;; esac
          for word in "${words[@]:1}"; do
            case "$word" in
              --) COMPREPLY=(); return ;;
              -*) ;;
              *) case " $(_node_data_commands "$path") " in *" $word "*) path="${path:+$path }$word" ;; esac ;;
            esac
            previous=$word
          done
          if ! found=$(_node_data_values "$path" "$previous" "$current"); then
            case "$current" in
              -*) found=$(compgen -W "$(_node_data_options "$path")" -- "$current") ;;
              *) found=$(compgen -W "$(_node_data_commands "$path") $(_node_data_arguments "$path")" -- "$current") ;;
            esac
          fi
          mapfile -t COMPREPLY <<<"$found"
          [ -n "$found" ] || COMPREPLY=()
          case "$COMP_WORDBREAKS$current" in *:*:*) COMPREPLY=("${COMPREPLY[@]#"${current%:*}":}") ;; esac
        }
        complete -o default -F _node_data node-data

        """;
}
