using System.Text.Json.Serialization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;
using Spectre.Console;

namespace NodeData.Cli.Doctor;

/// <summary>The findings as people and programs are shown them.</summary>
internal static class DoctorReport
{
    public static void Write(Invocation invocation, IReadOnlyList<Finding> findings)
    {
        var terminal = invocation.Terminal;
        if (invocation.IsJson)
        {
            invocation.WriteJson([.. findings.Select(FindingShape.Of)], DoctorJson.Indented.IReadOnlyListFindingShape);
        }
        else if (!terminal.IsOutputTerminal)
        {
            foreach (var shape in findings.Select(FindingShape.Of))
            {
                terminal.Out.WriteLine($"{shape.State}\t{shape.Check}\t{PlainText.Of(shape.Found)}\t{PlainText.Of(shape.Cure)}");
            }
        }
        else
        {
            Draw(terminal, findings);
        }
    }

    private static void Draw(Terminal terminal, IReadOnlyList<Finding> findings)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var finding in findings)
        {
            var shape = FindingShape.Of(finding);
            var mark = MarkOf(finding.State);
            grid.AddRow(
                new Text(mark.Text, mark.Style),
                new Text(shape.Check, new Style(decoration: Decoration.Bold)),
                new Text(PlainText.Of(shape.Found))
            );
            if (shape.Cure is not null)
            {
                grid.AddRow(
                    Text.Empty,
                    Text.Empty,
                    new Text($"→ {string.Join("\n  ", shape.Cure.Split('\n').Select(PlainText.Of))}", mark.Style)
                );
            }
        }

        terminal.Screen.Write(grid);
        var problems = findings.Count(finding => finding.State == FindingState.Problem);
        var warnings = findings.Count(finding => finding.State == FindingState.Warning);
        terminal.Out.WriteLine(problems + warnings == 0 ? "Everything is in order." : $"Problems: {problems}, warnings: {warnings}.");
    }

    private static Cell MarkOf(FindingState state) =>
        state switch
        {
            FindingState.Good => Cell.Good("✓"),
            FindingState.Warning => Cell.Warning("!"),
            FindingState.Problem => Cell.Bad("✗"),
            _ => Cell.Dim("·"),
        };
}

/// <summary>What <c>doctor --json</c> prints for each thing.</summary>
internal sealed record FindingShape(string Check, string State, string Found, string? Cure)
{
    public static FindingShape Of(Finding finding) =>
        new(
            finding.Check,
            finding.State switch
            {
                FindingState.Good => "good",
                FindingState.Warning => "warning",
                FindingState.Problem => "problem",
                _ => "note",
            },
            SecretFinder.Mask(finding.Found),
            finding.Cure is null ? null : SecretFinder.Mask(finding.Cure)
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<FindingShape>))]
internal sealed partial class DoctorJson : JsonSerializerContext
{
    public static DoctorJson Indented { get; } = new(JsonOutput.Options());
}
