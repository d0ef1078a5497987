using NodeData.Sdk.Tpm.Commands;
using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm;

/// <summary>Reads one secret over one connection, on the thread that asks.</summary>
internal sealed class SecretReading(TpmSettings settings)
{
    private readonly Authorizations _authorizations = new(settings);

    /// <summary>Reads the secret behind a handle.</summary>
    /// <returns>The secret, and whether the same handle can hold no other one as long as nobody deletes it.</returns>
    /// <exception cref="NodeDataConfigurationException">It cannot be read; the message says why and what to do.</exception>
    public (string Text, bool IsForGood) Read(TpmHandle handle, CancellationToken cancellationToken)
    {
        using var authorization = _authorizations.ValueFor(handle);
        try
        {
            var stream = settings.Address.Open(cancellationToken);
            using var ending = cancellationToken.Register(stream.Dispose);
            using var tpm = new TpmConversation(stream, settings.Address, settings.Time, cancellationToken);
            return handle.IsIndex ? ReadIndex(tpm, handle, authorization) : (Unseal(tpm, handle, authorization), false);
        }
        catch (TpmRefusalException refusal)
        {
            if (TpmRefusals.CountsTowardsLockOut(refusal.Code))
            {
                _authorizations.Refuse(handle, authorization);
            }

            throw new NodeDataConfigurationException(TpmRefusals.Of(refusal.Code, handle, settings, authorization.Length > 0));
        }
        catch (Exception failure) when (failure is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // The connection was closed under it.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private (string Text, bool IsForGood) ReadIndex(TpmConversation tpm, TpmHandle index, SecretBytes authorization)
    {
        var known = PublicIndex.From(tpm.Run(TpmCommand.ReadPublic(index)));
        var authority = known.AuthorityToRead(index, settings.AllowUnlockedIndexes);
        return (IndexReading.Read(tpm, index, known, authority, authorization), known.IsLockedForGood);
    }

    private static string Unseal(TpmConversation tpm, TpmHandle handle, SecretBytes authorization) =>
        SecretText.Of(tpm.Run(TpmCommand.Unseal(handle, authorization)).Sized(), handle);
}
