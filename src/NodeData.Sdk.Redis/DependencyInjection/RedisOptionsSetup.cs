using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>Begins the options with the section <c>NodeData:Webhooks:Redis</c>, where the host has one; the delegates in the code come after it.</summary>
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

        // A bare number would be days.
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && text.Contains(':', StringComparison.Ordinal))
        {
            options.CallTimeout = time;
        }
        else
        {
            options.UnreadableSettings.Add(
                $"{SectionPath}:{nameof(options.CallTimeout)} is not a time such as 00:00:02 ({text.Length} characters)."
            );
        }
    }

    private static string? GetText(IConfigurationSection section, string name) =>
        section[name]?.Trim() is { Length: > 0 } text ? text : null;
}
