using NodeData.Cli.Output;

namespace NodeData.Cli.Completion;

/// <summary>Creates the completion script for bash. The script does not start the tool, so completion is as fast as the shell.</summary>
internal static class BashCompletion
{
    public static string CreateScript(IReadOnlyList<CompletableCommand> commands) =>
        string.Concat(
            "# Completion of node-data for bash. In ~/.bashrc: eval \"$(node-data completion bash)\"\n",
            CaseFunction.Create(
                "_node_data_commands",
                "$1",
                commands.Select(command => (command.Path, Echo(command.Commands.Select(word => word.Name))))
            ),
            CaseFunction.Create("_node_data_arguments", "$1", commands.Select(command => (command.Path, Echo(command.Values)))),
            CaseFunction.Create(
                "_node_data_options",
                "$1",
                commands.Select(command => (command.Path, Echo(command.Options.Select(option => option.Name))))
            ),
            CaseFunction.Create(
                "_node_data_values",
                "$1|$2",
                CompletableOption.GetAllWithValues(commands).Select(option => (option.Case, GetValuesBody(option.Option)))
            ),
            CompletionFunction
        );

    private static string Echo(IEnumerable<string> words) => $"echo {ShellText.Quote(string.Join(' ', words))}";

    private static string GetValuesBody(CompletableOption option) =>
        option.HasFileValue
            ? "compgen -f -- \"$3\"; return 0"
            : $"compgen -W {ShellText.Quote(string.Join(' ', option.Values))} -- \"$3\"; return 0";

    // The line is split at spaces only: bash would split a scope at its colon, and inserts only the part after the last colon.
    private const string CompletionFunction = """
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
