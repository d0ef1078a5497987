using NodeData.Sdk.Tpm.Commands;

namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>Commands and their answers over one connection, one after the other. What passed through is zeroed at the end.</summary>
internal sealed class TpmConversation(Stream stream, TpmAddress address) : IDisposable
{
    // The largest command and answer of every TPM in use (TPM_PT_MAX_COMMAND_SIZE, TPM_PT_MAX_RESPONSE_SIZE).
    private const int MostBytes = 4096;

    private readonly SecretBytes _command = new(MostBytes);
    private readonly SecretBytes _answer = new(MostBytes);

    /// <summary>Runs a command.</summary>
    /// <param name="command">Writes the command and says how many bytes it has.</param>
    /// <returns>The answer, which is good until the next command.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no answer, or it is none of a TPM.</exception>
    /// <exception cref="TpmRefusalException">The TPM said no.</exception>
    public TpmAnswer Run(TpmCommand command)
    {
        var bytes = command.WriteTo(_command.Span);
        try
        {
            stream.Write(bytes);
            return TpmAnswer.Of(_answer.Span[..Receive()], command, address);
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
        _answer.Dispose();
    }

    private int Receive()
    {
        var buffer = _answer.Span;
        var received = 0;
        var size = TpmAnswer.HeaderLength;
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
            if (received >= TpmAnswer.HeaderLength)
            {
                size = TpmAnswer.SizeIn(buffer);
                if (size < TpmAnswer.HeaderLength || size > buffer.Length || received > size)
                {
                    throw TpmAnswer.NoneOfATpm(address);
                }
            }
        }

        return size;
    }
}
