using System.Text;

namespace NodeData.Cli.Completion;

/// <summary>Creates a function in the syntax that both shells share. It runs one command for each case, and fails for any other.</summary>
internal static class CaseFunction
{
    public static string Create(string name, string subject, IEnumerable<(string Case, string Body)> cases)
    {
        var text = new StringBuilder().Append($"{name}() {{\n  case \"{subject}\" in\n");
        foreach (var (pattern, body) in cases)
        {
            text.Append($"    '{pattern}') {body} ;;\n");
        }

        return text.Append("    *) return 1 ;;\n  esac\n}\n").ToString();
    }
}
