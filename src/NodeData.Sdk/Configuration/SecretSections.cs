using Microsoft.Extensions.Configuration;

namespace NodeData.Sdk.Configuration;

/// <summary>
/// Reads the secrets of the options from their sections of the configuration, for <c>AddNodeData</c> and for configuration binders. Blank values are ignored;
/// what cannot be read is added to <see cref="NodeClientOptions.UnreadableSettings"/>.
/// </summary>
internal static class SecretSections
{
    public static void ReadApiKey(IConfigurationSection setting, NodeClientOptions options)
    {
        if (ReadText(setting, "a key or a reference", options) is { } text)
        {
            options.ApiKey = new SecretReference(text);
            options.Sources.Record(nameof(options.ApiKey), setting.Path, options.ApiKey);
        }
    }

    /// <summary>Reads a string with commas, or an array.</summary>
    public static void ReadWebhookSecrets(IConfigurationSection setting, NodeClientOptions options)
    {
        if (RejectNull(setting, options))
        {
            return;
        }

        var isText = !string.IsNullOrWhiteSpace(setting.Value);
        var elements = setting.GetChildren().ToList();
        if (isText && elements.Count > 0)
        {
            options.UnreadableSettings.Add($"{setting.Path} is both a string and an array. Keep one of them.");
            return;
        }

        if (elements.Find(element => element.GetChildren().Any()) is { } nested)
        {
            options.UnreadableSettings.Add($"{nested.Path} is not a secret or a reference. The WebhookSecrets array must contain strings.");
            return;
        }

        var sources = isText
            ? WebhookSecretSources.Split(setting.Value!, setting.Path)
            : elements
                .Where(element => !string.IsNullOrWhiteSpace(element.Value))
                .Select(element => (new SecretReference(element.Value!), element.Path));
        SetWebhookSecrets([.. sources], setting.Path, options);
    }

    /// <summary>Reads the trimmed text of a setting; null if it is not set, blank or rejected.</summary>
    public static string? ReadText(IConfigurationSection setting, string expected, NodeClientOptions options)
    {
        if (setting.GetChildren().Any())
        {
            options.UnreadableSettings.Add($"{setting.Path} contains nested settings. It must be {expected}.");
            return null;
        }

        return !RejectNull(setting, options) && setting.Value?.Trim() is { Length: > 0 } text ? text : null;
    }

    // A null that is written out means no value; falling back to the environment could select another account.
    private static bool RejectNull(IConfigurationSection setting, NodeClientOptions options)
    {
        var isNull =
            setting is ConfigurationSection present
            && present.TryGetValue(null, out var value)
            && value is null
            && !setting.GetChildren().Any();
        if (isNull)
        {
            options.UnreadableSettings.Add($"{setting.Path} is null. Set it, or remove it.");
        }

        return isNull;
    }

    private static void SetWebhookSecrets((SecretReference Reference, string Setting)[] sources, string path, NodeClientOptions options)
    {
        if (sources.Length == 0)
        {
            return;
        }

        options.WebhookSecrets = Array.ConvertAll(sources, source => source.Reference);
        options.Sources.Record(nameof(options.WebhookSecrets), path, options.WebhookSecrets);
        for (var i = 0; i < sources.Length; i++)
        {
            options.Sources.RecordElement(nameof(options.WebhookSecrets), i, sources[i].Setting, sources[i].Reference);
        }
    }
}
