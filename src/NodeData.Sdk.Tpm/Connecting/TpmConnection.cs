using NodeData.Sdk.Tpm.Commands;

namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>Commands and their answers over one connection, one after the other. What passed through is zeroed at the end.</summary>
internal sealed class TpmConnection(Stream stream, TpmAddress address, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    // The largest command and answer of every TPM in use (TPM_PT_MAX_COMMAND_SIZE, TPM_PT_MAX_RESPONSE_SIZE).
    private const int MaxMessageBytes = 4096;

    // The first use of something that counts wrong tries makes a TPM store that it is in use, and ask for the command again.
    private const int MaxAttempts = 10;

    private static readonly TimeSpan RetryDelayStep = TimeSpan.FromMilliseconds(10);

    private readonly SecretBytes _command = new(MaxMessageBytes);
    private readonly SecretBytes _response = new(MaxMessageBytes);

    /// <summary>Runs a command.</summary>
    /// <param name="command">Writes the command and says how many bytes it has.</param>
    /// <returns>The answer, which is good until the next command.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no answer, or it is none of a TPM.</exception>
    /// <exception cref="TpmErrorException">The TPM said no.</exception>
    public TpmResponse Run(TpmCommand command)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                stream.Write(command.WriteTo(_command.Span));
                var response = _response.Span[..Receive()];
                if (attempt == MaxAttempts || !TpmErrors.IsRetryable(TpmResponse.ReadCode(response)))
                {
                    return TpmResponse.Parse(response, command, address);
                }

                // Once at once; this thread is the read's own and may wait.
                Task.Delay((attempt - 1) * RetryDelayStep, time, cancellationToken).GetAwaiter().GetResult();
            }
        }
        catch (IOException failure)
        {
            throw new NodeDataConfigurationException(
                $"the connection to {address} broke while the TPM was asked ({failure.GetType().Name}). Does it still run? The next call tries again.",
                failure
            );
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        _command.Dispose();
        _response.Dispose();
    }

    private int Receive()
    {
        var buffer = _response.Span;
        var received = 0;
        var size = TpmResponse.HeaderLength;
        while (received < size)
        {
            var read = stream.Read(buffer[received..]);
            if (read == 0)
            {
                throw received == 0
                    ? new NodeDataConfigurationException(
                        $"{address} gave no answer. Is it a TPM 2.0, and does another program hold it? The next call tries again."
                    )
                    : new NodeDataConfigurationException(
                        $"{address} gave half an answer ({received} bytes) and ended. Does it still run? The next call tries again."
                    );
            }

            received += read;
            if (received >= TpmResponse.HeaderLength)
            {
                size = TpmResponse.ReadSize(buffer);
                if (size < TpmResponse.HeaderLength || size > buffer.Length || received > size)
                {
                    throw TpmResponse.CreateFormatError(address);
                }
            }
        }

        return size;
    }
}
