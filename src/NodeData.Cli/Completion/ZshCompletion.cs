using System.Text;

namespace NodeData.Cli.Completion;

/// <summary>Completion for zsh, with descriptions, as a script that asks nobody.</summary>
internal static class ZshCompletion
{
    public static string Of(IReadOnlyList<CompletableCommand> commands)
    {
        var script = new StringBuilder();
        script.Append(
            """
            #compdef node-data
            # Completion of node-data for zsh. In ~/.zshrc, behind compinit: eval "$(node-data completion zsh)"
            _node_data_commands() {
              case "$1" in

            """
        );
        foreach (var command in commands.Where(command => command.Commands.Count > 0))
        {
            script.Append($"    '{command.Path}') reply=({string.Join(' ', command.Commands.Select(Described))}) ;;\n");
        }

        script.Append("  esac\n}\n_node_data_arguments() {\n  case \"$1\" in\n");
        foreach (var command in commands.Where(command => command.Values.Count > 0))
        {
            script.Append($"    '{command.Path}') reply=({string.Join(' ', command.Values.Select(Quoted))}) ;;\n");
        }

        script.Append("  esac\n}\n_node_data_options() {\n  case \"$1\" in\n");
        foreach (var command in commands)
        {
            script.Append($"    '{command.Path}') reply=({string.Join(' ', command.Options.Select(Described))}) ;;\n");
        }

        script.Append("  esac\n}\n_node_data_values() {\n  case \"$1|$2\" in\n");
        foreach (var (command, option) in commands.SelectMany(command => command.Options.Select(option => (command, option))))
        {
            if (option.TakesValue)
            {
                var values = option.TakesFile ? "_files" : $"compadd -- {string.Join(' ', option.Values.Select(Quoted))}";
                script.Append($"    '{command.Path}|{option.Name}') {values}; return 0 ;;\n");
            }
        }

        return script.Append(Rest).ToString();
    }

    private static string Described(CompletableWord word) => Quoted($"{word.Name}:{word.Description}");

    private static string Described(CompletableOption option) => Quoted($"{option.Name}:{option.Description}");

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private const string Rest = """
          esac
          return 1
        }
        _node_data() {
          local commandpath='' word previous=''
          local -a reply names
          for word in "${(@)words[2,CURRENT-1]}"; do
            case "$word" in
              --) _default; return ;;
              -*) ;;
              *)
                reply=(); _node_data_commands "$commandpath"
                names=("${(@)reply%%:*}")
                (( names[(Ie)$word] )) && commandpath="${commandpath:+$commandpath }$word"
                ;;
            esac
            previous=$word
          done
          _node_data_values "$commandpath" "$previous" && return
          reply=()
          if [[ "${words[CURRENT]}" == -* ]]; then _node_data_options "$commandpath"; else _node_data_commands "$commandpath"; _node_data_arguments "$commandpath"; fi
          (( $#reply )) && _describe 'node-data' reply || _default
        }
        compdef _node_data node-data

        """;
}
