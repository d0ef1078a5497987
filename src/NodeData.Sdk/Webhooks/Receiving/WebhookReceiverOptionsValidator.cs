namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>Validates a receiver's options. Each error contains the option, its value and the remedy; all errors are reported together.</summary>
internal static class WebhookReceiverOptionsValidator
{
    public static void Validate(WebhookReceiverOptions options)
    {
        var errors = GetErrors(options).ToList();
        if (errors.Count > 0)
        {
            throw new NodeDataConfigurationException(string.Join(Environment.NewLine, errors));
        }

        // Validates the tolerance, the mode and the clock.
        options.CreateVerifierOptions().Validate();
    }

    private static IEnumerable<string> GetErrors(WebhookReceiverOptions options)
    {
        const string name = nameof(WebhookReceiverOptions);
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromHours(1))
        {
            yield return $"{name}.Timeout is {options.Timeout}. It must be greater than zero and at most one hour.";
        }

        if (options.Lease < TimeSpan.FromMilliseconds(100) || options.Lease > TimeSpan.FromHours(1))
        {
            yield return $"{name}.Lease is {options.Lease}. It must be from 100 milliseconds to one hour.";
        }

        if (options.Retention < options.Lease || options.Retention > TimeSpan.FromDays(365))
        {
            yield return $"{name}.Retention is {options.Retention}. It must be at least the lease ({options.Lease}) and at most 365 days.";
        }

        if (options.MaxAttempts < 1)
        {
            yield return $"{name}.MaxAttempts is {options.MaxAttempts}. It must be 1 or more.";
        }

        if (options.MaxBodyBytes is < 1 or > NodeClientOptions.MaxResponseBytesLimit)
        {
            yield return $"{name}.MaxBodyBytes is {options.MaxBodyBytes}. It must be from 1 to {NodeClientOptions.MaxResponseBytesLimit}.";
        }
    }
}
