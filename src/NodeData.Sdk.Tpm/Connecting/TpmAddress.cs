using System.Globalization;
using System.Net;

namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>Where the TPM is: a character device, or a simulator's TCP socket on this machine.</summary>
internal abstract record TpmAddress
{
    private const string DevicePrefix = "device:";
    private const string SimulatorPrefix = "swtpm:";
    private const int DefaultPort = 2321;

    /// <summary>Opens a connection for one conversation. Closing it from another thread ends what waits on it, where the kind allows.</summary>
    /// <param name="cancellationToken">Ends the connecting.</param>
    /// <exception cref="NodeDataConfigurationException">It cannot be opened; the message says why and what to do.</exception>
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
                $"{setting} is no address of a TPM. Write device:/dev/tpmrm0, or swtpm:host=127.0.0.1,port=2321 for a simulator; "
                    + "the simulator speaks in the clear, so it is on this machine (localhost, 127.0.0.1 or ::1)."
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
