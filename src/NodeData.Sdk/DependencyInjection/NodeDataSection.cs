using System.Globalization;
using Microsoft.Extensions.Configuration;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// Reads the configuration section of a client: <c>NodeData</c>, or <c>NodeData:Clients:name</c>. The section is read without a binder, so that errors
/// contain the path and the remedy, and no reflection is needed.
/// </summary>
internal static class NodeDataSection
{
    public const string Root = "NodeData";

    public static string GetPath(string clientName) => clientName.Length == 0 ? Root : $"{Root}:Clients:{clientName}";

    public static void Read(IConfiguration configuration, string clientName, NodeClientOptions options)
    {
        var section = configuration.GetSection(GetPath(clientName));
        var reader = new SectionReader(section, options);
        reader.ReadOption<SecretReference>(nameof(options.ApiKey), "a key or a reference", ReadKey, value => options.ApiKey = value);
        reader.ReadWebhookSecrets();
        reader.ReadOption<Uri>(nameof(options.BaseAddress), "an address", ReadAddress, value => options.BaseAddress = value);
        reader.ReadOption<object>(nameof(options.ExpectedMode), "test or live", ReadMode, value => options.ExpectedMode = (KeyMode)value);
        reader.ReadOption<object>(
            nameof(options.RequirePrivateFile),
            "true or false",
            ReadFlag,
            value => options.RequirePrivateFile = (bool)value
        );
        reader.ReadOption<object>(
            nameof(options.AttemptTimeout),
            "a time such as 00:00:30",
            ReadTime,
            value => options.AttemptTimeout = (TimeSpan)value
        );
        reader.ReadOption<object>(
            nameof(options.TotalTimeout),
            "a time such as 00:01:40",
            ReadTime,
            value => options.TotalTimeout = (TimeSpan)value
        );
        reader.ReadOption<object>(nameof(options.MaxRetries), "a whole number", ReadNumber, value => options.MaxRetries = (int)value);
        reader.ReadOption<object>(
            nameof(options.MaxRetryAfter),
            "a time such as 00:00:10",
            ReadTime,
            value => options.MaxRetryAfter = (TimeSpan)value
        );
        reader.ReadOption<object>(
            nameof(options.MaxResponseBytes),
            "a whole number",
            ReadNumber,
            value => options.MaxResponseBytes = (int)value
        );
    }

    private static SecretReference? ReadKey(string text) => new(text);

    private static Uri? ReadAddress(string text) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address) ? address : null;

    private static object? ReadMode(string text) => KeyModeExtensions.FromWireValue(text.ToLowerInvariant());

    private static object? ReadTime(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && !int.TryParse(text, CultureInfo.InvariantCulture, out _)
            ? time
            : null;

    private static object? ReadFlag(string text) => bool.TryParse(text, out var flag) ? flag : null;

    private static object? ReadNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private readonly struct SectionReader(IConfigurationSection section, NodeClientOptions options)
    {
        /// <summary>Reads a string with commas, or an array; blank values are ignored.</summary>
        public void ReadWebhookSecrets()
        {
            var setting = section.GetSection(nameof(options.WebhookSecrets));
            if (RejectNull(setting))
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
                options.UnreadableSettings.Add(
                    $"{nested.Path} is not a secret or a reference. The WebhookSecrets array must contain strings."
                );
                return;
            }

            var sources = isText
                ? WebhookSecretSources.Split(setting.Value!, setting.Path)
                : elements
                    .Where(element => !string.IsNullOrWhiteSpace(element.Value))
                    .Select(element => (new SecretReference(element.Value!), element.Path));
            SetWebhookSecrets([.. sources], setting.Path);
        }

        private void SetWebhookSecrets((SecretReference Reference, string Setting)[] sources, string path)
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

        public void ReadOption<T>(string option, string expected, Func<string, T?> parse, Action<T> set)
            where T : class
        {
            var setting = section.GetSection(option);
            if (setting.GetChildren().Any())
            {
                options.UnreadableSettings.Add($"{setting.Path} contains nested settings. It must be {expected}.");
                return;
            }

            if (RejectNull(setting) || setting.Value?.Trim() is not { Length: > 0 } text)
            {
                return;
            }

            if (parse(text) is not { } value)
            {
                options.UnreadableSettings.Add($"{setting.Path} is not {expected} ({text.Length} characters).");
                return;
            }

            set(value);
            options.Sources.Record(option, setting.Path, value);
        }

        // A null that is written out means no value; falling back to the environment could select another account.
        private bool RejectNull(IConfigurationSection setting)
        {
            var isNull = setting.Value is null && !setting.GetChildren().Any() && IsPresent(setting);
            if (isNull)
            {
                options.UnreadableSettings.Add($"{setting.Path} is null. Set it, or remove it.");
            }

            return isNull;
        }

        private bool IsPresent(IConfigurationSection setting) =>
            section.GetChildren().Any(child => child.Key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase));
    }
}
