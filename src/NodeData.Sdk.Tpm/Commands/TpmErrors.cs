namespace NodeData.Sdk.Tpm.Commands;

/// <summary>Describes the response codes that reading a secret can return, with the remedy (TPM 2.0 Library, part 2, "TPM_RC").</summary>
internal static class TpmErrors
{
    // Format-one codes, about a handle, a session or a parameter, have this bit; other bits contain the number of the handle, session or parameter.
    private const uint FormatOneBit = 0x080;
    private const uint FormatOneMask = 0x0BF;

    private const uint AuthFail = 0x08E; // TPM_RC_AUTH_FAIL

    public static string Describe(uint code, TpmHandle handle, TpmSettings settings, bool hasAuthorization)
    {
        var codeText = $"Response code: 0x{code:X3}.";
        return IsFormatOne(code)
            ? DescribeFormatOne(code & FormatOneMask, codeText, handle, settings, hasAuthorization)
            : DescribeFormatZero(code, codeText, handle);
    }

    /// <summary>Determines whether the TPM counted the attempt towards its lockout.</summary>
    public static bool CountsTowardsLockout(uint code) => IsFormatOne(code) && (code & FormatOneMask) == AuthFail;

    /// <summary>Determines whether the command can be retried: TPM_RC_YIELDED, TESTING, NV_RATE, RETRY, NV_UNAVAILABLE.</summary>
    public static bool IsRetryable(uint code) => code is 0x908 or 0x90A or 0x920 or 0x922 or 0x923;

    private static bool IsFormatOne(uint code) => (code & FormatOneBit) != 0;

    private static string DescribeFormatOne(uint error, string codeText, TpmHandle handle, TpmSettings settings, bool hasAuthorization) =>
        error switch
        {
            0x08B => // TPM_RC_HANDLE
            $"the TPM contains nothing at {handle}. Provision it (docs/edge.md), or correct the handle; "
                + $"tpm2_getcap {(handle.IsIndex ? "handles-nv-index" : "handles-persistent")} lists the existing handles. {codeText}",
            0x08E or 0x0A2 when !hasAuthorization => // and TPM_RC_BAD_AUTH
                $"{handle} requires an authorization value, and none is set. Set {settings.AuthorizationSetting} to the value or to a reference to it. {codeText}",
            AuthFail => $"the TPM rejected the authorization value for {handle}. Correct {settings.AuthorizationSetting}. "
                + $"Each wrong value counts towards the lockout of the TPM, so this value is not sent again until the program restarts. {codeText}",
            0x0A2 => $"the TPM rejected the authorization value for {handle}. Correct {settings.AuthorizationSetting}. "
                + $"The attempt does not count towards a lockout. {codeText}",
            0x08A or 0x082 => // TPM_RC_TYPE, TPM_RC_ATTRIBUTES
            $"{handle} is not a sealed object. Seal the key (docs/edge.md), or correct the handle. {codeText}",
            0x09D => // TPM_RC_POLICY_FAIL
                $"{handle} requires a policy, which this client does not support. Provision it with an authorization value (docs/edge.md). {codeText}",
            _ => DescribeUnknown(codeText),
        };

    private static string DescribeFormatZero(uint code, string codeText, TpmHandle handle) =>
        code switch
        {
            0x921 => // TPM_RC_LOCKOUT
                "the TPM is in lockout after wrong authorization values or power failures, and rejects the correct value as well. Wait for its recovery time "
                    + "(tpm2_getcap properties-variable), or run tpm2_dictionarylockout --clear-lockout with the lockout authorization. "
                    + $"Handles provisioned with noda or no_da (docs/edge.md) are never locked out. {codeText}",
            0x12F or 0x124 => // TPM_RC_AUTH_UNAVAILABLE, TPM_RC_AUTH_TYPE
            $"{handle} cannot be read with an authorization value, only with a policy, which this client does not support. "
                + $"Provision it with userwithauth or authread (docs/edge.md). {codeText}",
            0x149 => $"{handle} cannot be read with this authorization. Define it with authread (docs/edge.md). {codeText}", // TPM_RC_NV_AUTHORIZATION
            0x148 => $"{handle} is read-locked until the TPM restarts. Restart the machine. {codeText}", // TPM_RC_NV_LOCKED
            0x14A => $"{handle} was never written. Complete the provisioning (docs/edge.md). {codeText}", // TPM_RC_NV_UNINITIALIZED
            0x100 => $"the TPM was not started. Restart the machine, or start the simulator with --flags startup-clear. {codeText}", // TPM_RC_INITIALIZE
            0x101 => $"the TPM is in failure mode. Restart the machine; if that does not help, the TPM is defective. {codeText}", // TPM_RC_FAILURE
            0x01E => $"this is a TPM 1.2. A TPM 2.0 is required. {codeText}", // TPM_BADTAG of TPM 1.2
            0x902 or 0x903 or 0x904 => // TPM_RC_OBJECT_MEMORY, SESSION_MEMORY, MEMORY
                $"the TPM is out of memory. Use /dev/tpmrm0, and check for programs that leave objects in the TPM (tpm2_getcap handles-transient). {codeText}",
            _ when IsRetryable(code) => $"the TPM was busy at every attempt. The next call tries again. {codeText}",
            _ => DescribeUnknown(codeText),
        };

    private static string DescribeUnknown(string codeText) => $"the TPM returned an error. {codeText} tpm2_rc_decode explains the code.";
}
