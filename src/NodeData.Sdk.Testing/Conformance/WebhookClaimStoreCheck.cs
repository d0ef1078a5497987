using NodeData.Sdk.Testing.Conformance;

namespace NodeData.Sdk.Testing;

/// <summary>Represents one check of <see cref="WebhookClaimStoreConformance"/>. Immutable. It can be run any number of times.</summary>
public sealed class WebhookClaimStoreCheck
{
    private readonly Func<ConformanceContext, Task> _run;

    internal WebhookClaimStoreCheck(string name, string description, Func<ConformanceContext, Task> run) =>
        (Name, Description, _run) = (name, description, run);

    /// <summary>Gets the stable name of the check, such as <c>expired_claim_cannot_be_completed</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the requirement that the check verifies, in a sentence.</summary>
    public string Description { get; }

    /// <summary>Runs the check against a claim store.</summary>
    /// <param name="fixture">The fixture that creates the claim store under test.</param>
    /// <param name="cancellationToken">A token that cancels the check.</param>
    /// <returns>A task that completes when the claim store has passed the check.</returns>
    /// <exception cref="WebhookClaimStoreConformanceException">
    /// The claim store does not meet the requirement, or the store or the fixture threw an exception. The exception message contains the result of the check.
    /// </exception>
    public async Task RunAsync(WebhookClaimStoreFixture fixture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        try
        {
            await _run(await ConformanceContext.CreateAsync(fixture, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (CheckFailedException exception)
        {
            throw new WebhookClaimStoreConformanceException(this, exception.Message, exception.InnerException);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new WebhookClaimStoreConformanceException(
                this,
                $"The claim store or the fixture threw {exception.GetType().Name}.",
                exception
            );
        }
    }

    /// <summary>Returns the name of the check.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
