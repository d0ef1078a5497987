using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Checks the API key and where it comes from.</summary>
internal static class KeyCheck
{
    private const string Check = "key";

    public static IEnumerable<Finding> Run(ClientSettings settings, CancellationToken cancellationToken)
    {
        yield return CheckKey(settings, cancellationToken);
        if (settings.Key is { File: null } key && settings.LocalFile?.GetValue(ClientSettings.KeyVariable) is not null)
        {
            yield return Finding.Note(Check, $"{key.Source} takes precedence over the key in {settings.LocalFile.Path}");
        }

        if (settings.Key is { } used && GetFilePath(used) is { } path && !OperatingSystem.IsWindows() && File.Exists(path))
        {
            yield return CheckFileMode(path);
        }
    }

    private static Finding CheckKey(ClientSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var setting = settings.RequireKey();
            var key = setting.ResolveKey(cancellationToken);
            return Finding.Ok(Check, $"{key.Hint}, {ModeText.Format(key.Mode)} mode, from {setting.Source}{FormatReference(setting)}");
        }
        catch (Exception exception) when (exception is CommandFailedException or NodeDataConfigurationException)
        {
            return Finding.Error(Check, settings.Key is { } setting ? $"{setting.Source} cannot be used" : "not set", exception.Message);
        }
    }

    private static string FormatReference(Setting setting) =>
        new SecretReference(setting.Value).Scheme is null || setting.Source == "--key-file"
            ? ""
            : $" ({new SecretReference(setting.Value)})";

    private static string? GetFilePath(Setting setting) =>
        setting.Value.StartsWith("file:", StringComparison.Ordinal) ? setting.Value[5..].Trim() : null;

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static Finding CheckFileMode(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return (File.GetUnixFileMode(path) & others) == 0
            ? Finding.Ok("key file", $"{path} is readable by its owner only")
            : Finding.Warning(
                "key file",
                $"{path} is readable by other users",
                $"chmod 600 '{path}', unless an orchestrator mounts it with this mode"
            );
    }
}
