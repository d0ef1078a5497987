using System.Text.Json;

namespace NodeData.Sdk.Tests.Vectors;

/// <summary>Reads the contract's test vectors, one file per subject.</summary>
internal static class VectorFile
{
    public static IEnumerable<JsonElement> Rows(string file, string list)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", file)));
        return [.. document.RootElement.GetProperty(list).EnumerateArray().Select(row => row.Clone())];
    }
}
