using System.Globalization;
using System.Net;

namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>The address of a TPM: a character device, or the TCP socket of a simulator on this machine.</summary>
internal abstract record TpmAddress
{
    private const string DevicePrefix = "device:";
    private const string SimulatorPrefix = "swtpm:";
    private const int DefaultPort = 2321;

    /// <summary>Opens a connection. Closing it from another thread ends a blocked read, if the kind of stream supports that.</summary>
    /// <param name="cancellationToken">Cancels the connection attempt.</param>
    /// <exception cref="NodeDataConfigurationException">The connection cannot be opened; the message states the reason and the remedy.</exception>
    public abstract Stream Open(CancellationToken cancellationToken);

    public static TpmAddress Parse(string text, string setting)
    {
        var address = text.Trim();
        return address.StartsWith(DevicePrefix, StringComparison.Ordinal) && address.Length > DevicePrefix.Length
                ? new DeviceAddress(address[DevicePrefix.Length..])
            : address.StartsWith('/') ? new DeviceAddress(address)
            : address.StartsWith(SimulatorPrefix, StringComparison.Ordinal)
            && ParseEndpoint(address[SimulatorPrefix.Length..]) is { } endpoint
                ? new SimulatorAddress(endpoint)
            : throw new NodeDataConfigurationException(
                $"{setting} is not the address of a TPM. Use device:/dev/tpmrm0, or swtpm:host=127.0.0.1,port=2321 for a simulator. "
                    + "The connection to a simulator is not encrypted, so it must be on this machine (localhost, 127.0.0.1 or ::1)."
            );
    }

    private static IPEndPoint? ParseEndpoint(string parameters)
    {
        var host = IPAddress.Loopback;
        var port = DefaultPort;
        foreach (var parameter in parameters.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var before, var after] ? (before, after) : (parameter, "");
            var isUsable = name switch
            {
                "host" => value is "localhost" || (IPAddress.TryParse(value, out host!) && IPAddress.IsLoopback(host)),
                "port" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536,
                _ => false,
            };
            if (!isUsable)
            {
                return null;
            }
        }

        return new IPEndPoint(host, port);
    }
}
