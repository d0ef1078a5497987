using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Sdk;
using Spectre.Console;

namespace NodeData.Cli.Keys;

/// <summary>The keys for people: ids are whole, so that they can be copied; dates are short, and a long name is cut to what the terminal is wide.</summary>
internal static class KeysTable
{
    private const int LeastForName = 8;

    // A status, two dates, and a blank behind each column.
    private const int OtherColumns = 7 + 10 + 10 + 5;

    public static void Write(Terminal terminal, IReadOnlyList<ApiKeyInfo> keys)
    {
        if (keys.Count == 0)
        {
            terminal.Out.WriteLine("There are no keys.");
            return;
        }

        var table = new Table()
            .Border(TableBorder.None)
            .AddColumn(Heading("ID").NoWrap())
            .AddColumn(Heading("NAME").NoWrap())
            .AddColumn(Heading("STATUS").NoWrap())
            .AddColumn(Heading("EXPIRES").NoWrap())
            .AddColumn(Heading("LAST USED").NoWrap());
        var room = Math.Max(LeastForName, terminal.Screen.Profile.Width - keys.Max(key => key.Id.Length) - OtherColumns);
        foreach (var key in keys)
        {
            table.AddRow(
                Text(key.Id),
                Text(Cut(key.Name, room)),
                Text(KeyText.Status(key)),
                Text(Day(key.ExpiresAt, "never")),
                Text(Day(key.LastUsedAt, "never"))
            );
        }

        terminal.Screen.Write(table);
    }

    private static TableColumn Heading(string text) => new TableColumn(new Text(text, new Style(decoration: Decoration.Bold))).PadRight(1);

    private static Text Text(Cell cell) => new(cell.Text, cell.Style);

    private static string Cut(string? name, int room) =>
        name is null ? ""
        : name.Length <= room ? name
        : name[..(room - 1)] + "…";

    private static string Day(DateTimeOffset? time, string otherwise) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? otherwise;
}
