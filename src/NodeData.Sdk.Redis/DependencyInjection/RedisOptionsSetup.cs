using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>Configures the options from the section <c>NodeData:Webhooks:Redis</c>, if it exists, before the delegates in code are applied.</summary>
internal sealed class RedisOptionsSetup(IConfiguration? configuration = null) : IConfigureOptions<RedisWebhookClaimStoreOptions>
{
    public const string SectionPath = "NodeData:Webhooks:Redis";

    public void Configure(RedisWebhookClaimStoreOptions options)
    {
        if (configuration?.GetSection(SectionPath) is not { } section)
        {
            return;
        }

        options.ConnectionString = GetText(section, nameof(options.ConnectionString)) ?? options.ConnectionString;
        options.KeyPrefix = GetText(section, nameof(options.KeyPrefix)) ?? options.KeyPrefix;
        if (GetText(section, nameof(options.CallTimeout)) is not { } text)
        {
            return;
        }

        // A plain number would be parsed as days.
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && text.Contains(':', StringComparison.Ordinal))
        {
            options.CallTimeout = time;
        }
        else
        {
            options.UnreadableSettings.Add(
                $"{SectionPath}:{nameof(options.CallTimeout)} is not a time ({text.Length} characters). Use the format 00:00:02."
            );
        }
    }

    private static string? GetText(IConfigurationSection section, string name) =>
        section[name]?.Trim() is { Length: > 0 } text ? text : null;
}
