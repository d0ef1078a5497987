using System.Text.Json.Serialization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;
using Spectre.Console;

namespace NodeData.Cli.Doctor;

/// <summary>Writes the findings as text, lines or JSON.</summary>
internal static class DoctorReport
{
    public static void Write(Invocation invocation, IReadOnlyList<Finding> findings)
    {
        var terminal = invocation.Terminal;
        if (invocation.IsJson)
        {
            invocation.WriteJson([.. findings.Select(FindingShape.From)], DoctorJson.Indented.IReadOnlyListFindingShape);
        }
        else if (!terminal.IsOutputTerminal)
        {
            foreach (var shape in findings.Select(FindingShape.From))
            {
                terminal.Out.WriteLine(
                    $"{shape.Severity}\t{shape.Check}\t{PlainText.Sanitize(shape.Message)}\t{PlainText.Sanitize(shape.Remedy)}"
                );
            }
        }
        else
        {
            WriteGrid(terminal, findings);
        }
    }

    private static void WriteGrid(Terminal terminal, IReadOnlyList<Finding> findings)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var finding in findings)
        {
            var shape = FindingShape.From(finding);
            var mark = GetMark(finding.Severity);
            grid.AddRow(
                new Text(mark.Text, mark.Style),
                new Text(shape.Check, new Style(decoration: Decoration.Bold)),
                new Text(PlainText.Sanitize(shape.Message))
            );
            if (shape.Remedy is not null)
            {
                grid.AddRow(
                    Text.Empty,
                    Text.Empty,
                    new Text($"→ {string.Join("\n  ", shape.Remedy.Split('\n').Select(PlainText.Sanitize))}", mark.Style)
                );
            }
        }

        terminal.Screen.Write(grid);
        var problems = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        var warnings = findings.Count(finding => finding.Severity == FindingSeverity.Warning);
        terminal.Out.WriteLine(problems + warnings == 0 ? "No problems found." : $"Errors: {problems}, warnings: {warnings}.");
    }

    private static Cell GetMark(FindingSeverity severity) =>
        severity switch
        {
            FindingSeverity.Ok => Cell.Good("✓"),
            FindingSeverity.Warning => Cell.Warning("!"),
            FindingSeverity.Error => Cell.Bad("✗"),
            _ => Cell.Dim("·"),
        };
}

/// <summary>A finding in the output of <c>doctor --json</c>.</summary>
internal sealed record FindingShape(string Check, string Severity, string Message, string? Remedy)
{
    public static FindingShape From(Finding finding) =>
        new(
            finding.Check,
            finding.Severity switch
            {
                FindingSeverity.Ok => "ok",
                FindingSeverity.Warning => "warning",
                FindingSeverity.Error => "error",
                _ => "note",
            },
            SecretFinder.Mask(finding.Message),
            finding.Remedy is null ? null : SecretFinder.Mask(finding.Remedy)
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<FindingShape>))]
internal sealed partial class DoctorJson : JsonSerializerContext
{
    public static DoctorJson Indented { get; } = new(JsonOutput.CreateOptions());
}
