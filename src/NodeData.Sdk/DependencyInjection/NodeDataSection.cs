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

    private const string ClientsMember = "Clients";

    // The section of the webhook packages, such as NodeData:Webhooks:Redis.
    private const string WebhooksMember = "Webhooks";

    public static string GetPath(string clientName) => clientName.Length == 0 ? Root : $"{Root}:{ClientsMember}:{clientName}";

    public static void Read(IConfiguration configuration, string clientName, NodeClientOptions options)
    {
        var section = configuration.GetSection(GetPath(clientName));
        var reader = new SectionReader(section, options);
        SecretSections.ReadApiKey(section.GetSection(nameof(options.ApiKey)), options);
        SecretSections.ReadWebhookSecrets(section.GetSection(nameof(options.WebhookSecrets)), options);
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

        string[] sections = clientName.Length == 0 ? [ClientsMember, WebhooksMember] : [];
        string[] members = [nameof(options.ApiKey), nameof(options.WebhookSecrets), .. reader.Members, .. sections];
        options.UnknownSettings.AddRange(UnknownMembers.Describe(section, members));
    }

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
        /// <summary>Gets the names of the options that were read, whether or not they are set.</summary>
        public List<string> Members { get; } = [];

        public void ReadOption<T>(string option, string expected, Func<string, T?> parse, Action<T> set)
            where T : class
        {
            Members.Add(option);
            var setting = section.GetSection(option);
            if (SecretSections.ReadText(setting, expected, options) is not { } text)
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
    }
}
