namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>What a receiver's options may be. Each mistake names the setting, its value and the cure; all are told at once.</summary>
internal static class WebhookReceiverRules
{
    public static void Check(WebhookReceiverOptions options)
    {
        var errors = GetErrors(options).ToList();
        if (errors.Count > 0)
        {
            throw new NodeDataConfigurationException(string.Join(Environment.NewLine, errors));
        }

        // Tolerance, mode and clock have their rules there.
        options.CreateVerifierOptions().Check();
    }

    private static IEnumerable<string> GetErrors(WebhookReceiverOptions options)
    {
        const string name = nameof(WebhookReceiverOptions);
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromHours(1))
        {
            yield return $"{name}.Timeout is {options.Timeout}. Give more than zero and at most one hour.";
        }

        if (options.Lease < TimeSpan.FromMilliseconds(100) || options.Lease > TimeSpan.FromHours(1))
        {
            yield return $"{name}.Lease is {options.Lease}. Give 100 milliseconds to one hour.";
        }

        if (options.Retention < options.Lease || options.Retention > TimeSpan.FromDays(365))
        {
            yield return $"{name}.Retention is {options.Retention}. Give at least the lease ({options.Lease}) and at most 365 days.";
        }

        if (options.MaxAttempts < 1)
        {
            yield return $"{name}.MaxAttempts is {options.MaxAttempts}. Give 1 or more.";
        }

        if (options.MaxBodyBytes is < 1 or > NodeClientOptions.MaxResponseBytesLimit)
        {
            yield return $"{name}.MaxBodyBytes is {options.MaxBodyBytes}. Give 1 to {NodeClientOptions.MaxResponseBytesLimit}.";
        }
    }
}
