using Spectre.Console;

namespace NodeData.Cli.Output;

/// <summary>Name-value lines that describe one object: aligned in a terminal, separated by a tab elsewhere.</summary>
internal sealed class Facts
{
    private readonly List<(string Name, Cell Value)> _facts = [];

    /// <summary>Adds a line, unless the value is empty.</summary>
    public void Add(string name, Cell value)
    {
        if (value.Text.Length > 0)
        {
            _facts.Add((name, value));
        }
    }

    public void Write(Terminal terminal)
    {
        if (!terminal.IsOutputTerminal)
        {
            foreach (var (name, value) in _facts)
            {
                terminal.Out.WriteLine($"{name}\t{value.Text}");
            }

            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, value) in _facts)
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value.Text, value.Style));
        }

        terminal.Screen.Write(grid);
    }
}
