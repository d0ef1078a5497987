using NodeData.Sdk.Tpm.Commands;

namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>Sends commands over one connection and reads their responses, one at a time. The buffers are zeroed on disposal.</summary>
internal sealed class TpmConnection(Stream stream, TpmAddress address, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    // The maximum size of a command and a response in current TPMs (TPM_PT_MAX_COMMAND_SIZE, TPM_PT_MAX_RESPONSE_SIZE).
    private const int MaxMessageBytes = 4096;

    // The first use of an object with lockout protection makes a TPM record that use and request the command again (TPM_RC_RETRY).
    private const int MaxAttempts = 10;

    private static readonly TimeSpan RetryDelayStep = TimeSpan.FromMilliseconds(10);

    private readonly SecretBytes _command = new(MaxMessageBytes);
    private readonly SecretBytes _response = new(MaxMessageBytes);

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The response, which is valid until the next command.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no response, or it is not a valid TPM response.</exception>
    /// <exception cref="TpmErrorException">The TPM returned an error.</exception>
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

                // The first retry has no delay. Blocking is allowed: this thread is dedicated to the read.
                Task.Delay((attempt - 1) * RetryDelayStep, time, cancellationToken).GetAwaiter().GetResult();
            }
        }
        catch (IOException failure)
        {
            throw new NodeDataConfigurationException(
                $"the connection to {address} failed during a command ({failure.GetType().Name}). Check that it is running. The next call tries again.",
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
                        $"{address} sent no response. Check that it is a TPM 2.0 and that no other program uses it. The next call tries again."
                    )
                    : new NodeDataConfigurationException(
                        $"{address} sent an incomplete response ({received} bytes). Check that it is running. The next call tries again."
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
