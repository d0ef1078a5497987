using System.Runtime.Versioning;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>Where the tool gets the key in use from, which is also a sink of the rotation.</summary>
/// <param name="KeyOptions">The options that every command with the key needs.</param>
/// <param name="Arguments">The options that a rotation of the key needs.</param>
/// <param name="ReadAsync">Reads the key that the tool would use now.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record KeySource(string[] KeyOptions, string[] Arguments, Func<Task<string>> ReadAsync)
{
    private const string Variable = "NODE_DATA_API_KEY";

    public static string[] Names { get; } = ["--key-file", "a reference in the variable", ".env.local"];

    /// <summary>Removes the tool's key and gives it another one from a source.</summary>
    public static async Task<KeySource> SetAsync(Tool tool, string name, string key)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        tool.Variables.Remove(Variable);
        if (name == ".env.local")
        {
            var local = tool.GetPath(".env.local");
            await File.WriteAllTextAsync(local, $"{Variable}={key}\n", cancellationToken);
            return new KeySource(
                [],
                ["--to", "env-local"],
                async () => (await File.ReadAllTextAsync(local, cancellationToken)).Trim().Split('=')[1]
            );
        }

        var path = tool.GetPath("key");
        await File.WriteAllTextAsync(path, key, cancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (name != "--key-file")
        {
            tool.Variables[Variable] = $"file:{path}";
        }

        string[] options = name == "--key-file" ? ["--key-file", "key"] : [];
        return new KeySource(
            options,
            [.. options, "--to", "file:key"],
            async () => (await File.ReadAllTextAsync(path, cancellationToken)).Trim()
        );
    }
}
