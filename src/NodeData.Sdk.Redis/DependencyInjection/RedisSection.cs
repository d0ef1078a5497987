using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.DependencyInjection;

/// <summary>Begins the options with the section <c>NodeData:Webhooks:Redis</c>, where the host has one; the delegates in the code come after it.</summary>
internal sealed class RedisSection(IConfiguration? configuration = null) : IConfigureOptions<RedisWebhookClaimStoreOptions>
{
    public const string Path = "NodeData:Webhooks:Redis";

    public void Configure(RedisWebhookClaimStoreOptions options)
    {
        if (configuration?.GetSection(Path) is not { } section)
        {
            return;
        }

        options.ConnectionString = TextOf(section, nameof(options.ConnectionString)) ?? options.ConnectionString;
        options.KeyPrefix = TextOf(section, nameof(options.KeyPrefix)) ?? options.KeyPrefix;
        if (TextOf(section, nameof(options.CallTimeout)) is not { } text)
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
                $"{Path}:{nameof(options.CallTimeout)} is not a time such as 00:00:02 ({text.Length} characters)."
            );
        }
    }

    private static string? TextOf(IConfigurationSection section, string name) =>
        section[name]?.Trim() is { Length: > 0 } text ? text : null;
}
