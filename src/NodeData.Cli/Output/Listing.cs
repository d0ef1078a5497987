using Spectre.Console;

namespace NodeData.Cli.Output;

/// <summary>Rows with columns: a table with headings in a terminal; elsewhere one tab-separated line for each row, without headings.</summary>
internal sealed class Listing(params string[] columns)
{
    private readonly List<Cell[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params Cell[] row) => _rows.Add(row);

    /// <param name="terminal">The terminal to write to.</param>
    /// <param name="whenEmpty">The text that a terminal shows if there are no rows.</param>
    public void Write(Terminal terminal, string whenEmpty)
    {
        if (!terminal.IsOutputTerminal)
        {
            foreach (var row in _rows)
            {
                terminal.Out.WriteLine(string.Join('\t', row.Select(cell => cell.Text)));
            }
        }
        else if (_rows.Count == 0)
        {
            terminal.Out.WriteLine(whenEmpty);
        }
        else
        {
            var table = new Table().Border(TableBorder.None).AddColumns([.. columns.Select(CreateColumn)]);
            // The first column has the IDs, which are copied to other commands.
            table.Columns[0].NoWrap();
            foreach (var row in _rows)
            {
                table.AddRow(row.Select(cell => new Text(cell.Text, cell.Style)));
            }

            terminal.Screen.Write(table);
        }
    }

    private static TableColumn CreateColumn(string text) =>
        new TableColumn(new Text(text, new Style(decoration: Decoration.Bold))).PadRight(2);
}
