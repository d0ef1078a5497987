namespace NodeData.Sdk.Configuration;

/// <summary>What the options may be. Each mistake names the setting at fault, the shape of its value (never a secret) and the cure.</summary>
internal static class NodeClientOptionsRules
{
    public static IEnumerable<string> MistakesIn(NodeClientOptions options, Uri? callersAddress) =>
        [
            .. options.UnreadableSettings,
            .. MistakesInLimits(options),
            .. MistakesInAddress(options, callersAddress),
            .. MistakesInResolvers(options),
        ];

    /// <summary>Mistakes in the key, or in what it points to.</summary>
    public static IEnumerable<string> MistakesInKey(NodeClientOptions options)
    {
        var key = Try(() => NodeClientOptionsReader.KeysOf(options).GetKey(CancellationToken.None), out var mistake);
        return mistake is not null ? [mistake]
            : options.ExpectedMode is { } expected && expected != key!.Mode
                ?
                [
                    $"{options.Names.Of(nameof(options.ExpectedMode), expected)} is {expected}, and the key ({key.Hint}) is of the other mode. "
                        + "Give a key of the mode expected.",
                ]
            : [];
    }

    /// <summary>Mistakes in the webhook secrets, in what they point to, or in how they go with the key.</summary>
    public static IEnumerable<string> MistakesInWebhookSecrets(NodeClientOptions options)
    {
        var key = Try(() => NodeClientOptionsReader.KeysOf(options).GetKey(CancellationToken.None), out _);
        Try(() => WebhookSecretPlaces.Of(options).Read(key?.Mode), out var mistake);
        return mistake is null ? [] : [mistake];
    }

    private static IEnumerable<string> MistakesInAddress(NodeClientOptions options, Uri? callersAddress)
    {
        Try(() => NodeClientOptionsReader.AddressOf(options, callersAddress), out var mistake);
        return mistake is null ? [] : [mistake];
    }

    private static IEnumerable<string> MistakesInResolvers(NodeClientOptions options) =>
        options.SecretResolvers.Select(MistakeIn).OfType<string>();

    private static string? MistakeIn(ISecretResolver? resolver) =>
        resolver is null ? "NodeClientOptions.SecretResolvers holds null. Take it out."
        : resolver.Scheme is SecretReference.EnvironmentScheme or SecretReference.FileScheme
            ? $"{resolver.GetType().Name}.Scheme is '{resolver.Scheme}', which the client reads itself. Give the resolver another scheme."
        : !SecretReference.IsScheme(resolver.Scheme)
            ? $"{resolver.GetType().Name}.Scheme is '{resolver.Scheme}'. A scheme is two or more of a-z 0-9 -, without the colon."
        : null;

    private static IEnumerable<string> MistakesInLimits(NodeClientOptions options)
    {
        string Name(string option, object? value) => options.Names.Of(option, value);

        if (options.ExpectedMode is not (null or KeyMode.Test or KeyMode.Live))
        {
            yield return $"{Name(nameof(options.ExpectedMode), options.ExpectedMode)} is neither KeyMode.Test nor KeyMode.Live.";
        }

        if (!TimeLimit.IsValid(options.AttemptTimeout))
        {
            yield return $"{Name(nameof(options.AttemptTimeout), options.AttemptTimeout)} is {options.AttemptTimeout}. {TimeLimit.Rule}";
        }

        if (!TimeLimit.IsValid(options.TotalTimeout))
        {
            yield return $"{Name(nameof(options.TotalTimeout), options.TotalTimeout)} is {options.TotalTimeout}. {TimeLimit.Rule}";
        }

        if (options.MaxRetries is < 0 or > NodeClientOptions.MostRetries)
        {
            yield return $"{Name(nameof(options.MaxRetries), options.MaxRetries)} is {options.MaxRetries}. It is 0 to {NodeClientOptions.MostRetries}.";
        }

        if (options.MaxRetryAfter < TimeSpan.Zero || (options.MaxRetryAfter > TimeSpan.Zero && !TimeLimit.IsValid(options.MaxRetryAfter)))
        {
            yield return $"{Name(nameof(options.MaxRetryAfter), options.MaxRetryAfter)} is {options.MaxRetryAfter}. It is zero or more, and at most 24 days.";
        }

        if (options.MaxResponseBytes is < 1 or > NodeClientOptions.MostResponseBytes)
        {
            yield return $"{Name(nameof(options.MaxResponseBytes), options.MaxResponseBytes)} is {options.MaxResponseBytes}. "
                + $"It is 1 to {NodeClientOptions.MostResponseBytes}.";
        }

        if (options.TimeProvider is null)
        {
            yield return "NodeClientOptions.TimeProvider is null. Leave it out for the system's clock.";
        }
    }

    private static T? Try<T>(Func<T> read, out string? mistake)
        where T : class
    {
        try
        {
            mistake = null;
            return read();
        }
        catch (NodeDataConfigurationException refusal)
        {
            mistake = refusal.Message;
            return null;
        }
    }
}
