using NodeData.Sdk.Tpm.Commands;
using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm;

/// <summary>Reads one secret over one connection, on the calling thread.</summary>
internal sealed class TpmSecretReader(TpmSettings settings)
{
    private readonly AuthorizationProvider _authorizationProvider = new(settings);

    /// <summary>Reads the secret behind a handle.</summary>
    /// <returns>The secret, and whether it is permanent: the handle cannot contain another secret unless it is deleted.</returns>
    /// <exception cref="NodeDataConfigurationException">The secret cannot be read; the message states the reason and the remedy.</exception>
    public (string Text, bool IsPermanent) Read(TpmHandle handle, CancellationToken cancellationToken)
    {
        using var authorization = _authorizationProvider.GetValue(handle);
        try
        {
            var stream = settings.Address.Open(cancellationToken);
            using var registration = cancellationToken.Register(stream.Dispose);
            using var tpm = new TpmConnection(stream, settings.Address, settings.Time, cancellationToken);
            return handle.IsIndex ? ReadIndex(tpm, handle, authorization) : (Unseal(tpm, handle, authorization), false);
        }
        catch (TpmErrorException error)
        {
            if (TpmErrors.CountsTowardsLockout(error.Code))
            {
                _authorizationProvider.MarkRejected(handle, authorization);
            }

            throw new NodeDataConfigurationException(TpmErrors.Describe(error.Code, handle, settings, authorization.Length > 0));
        }
        catch (Exception failure) when (failure is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // Cancellation closed the connection during the read.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private (string Text, bool IsPermanent) ReadIndex(TpmConnection tpm, TpmHandle index, SecretBytes authorization)
    {
        var publicArea = PublicIndex.From(tpm.Run(TpmCommand.ReadPublic(index)));
        var authority = publicArea.GetReadAuthority(index, settings.AllowUnlockedIndexes);
        return (IndexReader.Read(tpm, index, publicArea, authority, authorization), publicArea.IsPermanentlyLocked);
    }

    private static string Unseal(TpmConnection tpm, TpmHandle handle, SecretBytes authorization) =>
        SecretDecoder.Decode(tpm.Run(TpmCommand.Unseal(handle, authorization)).ReadSizedBytes(), handle);
}
