namespace NodeData.Cli.Scan;

/// <summary>What findings are written as; also the words of <c>--format</c>.</summary>
internal static class ScanFormat
{
    public const string Table = "table";
    public const string Json = "json";
    public const string Sarif = "sarif";
    public const string GitHub = "github";

    public static string[] All { get; } = [Table, Json, Sarif, GitHub];
}
