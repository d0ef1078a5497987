namespace NodeData.Sdk.Tpm.Connecting;

/// <summary>A character device, best the kernel's resource manager: it serves several programs at once.</summary>
internal sealed record DeviceAddress(string Path) : TpmAddress
{
    public override Stream Open(CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            // Unbuffered: a command is one write, and its answer begins with one read that is large enough for all of it.
            stream = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new NodeDataConfigurationException(DescribeFailure(failure), failure);
        }

        if (!stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new NodeDataConfigurationException(
            $"{Path} is a file or another device, and no TPM. Correct the path; the usual one is /dev/tpmrm0."
        );
    }

    public override string ToString() => Path;

    private string DescribeFailure(Exception failure) =>
        failure switch
        {
            FileNotFoundException or DirectoryNotFoundException =>
                $"there is no device {Path}. Is the TPM switched on in the firmware, and does 'ls /dev/tpm*' show it? A container is given it with "
                    + $"--device {Path}. For a simulator set {TpmSettings.AddressVariable} to swtpm:host=127.0.0.1,port=2321.",
            UnauthorizedAccessException =>
                $"this user has no permission on {Path}. Add it to the group of the device, usually tss (usermod -aG tss USER, then log in anew; "
                    + "SupplementaryGroups=tss in a systemd unit).",
            _ =>
                $"{Path} cannot be opened ({failure.GetType().Name}, {failure.HResult}). Another program may hold it: /dev/tpmrm0 serves several at once, "
                    + "/dev/tpm0 one alone.",
        };
}
