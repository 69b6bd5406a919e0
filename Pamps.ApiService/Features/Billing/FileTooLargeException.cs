namespace Pamps.ApiService.Features.Billing;

/// <summary>The file, packed or unpacked, is larger than allowed.</summary>
internal sealed class FileTooLargeException : Exception
{
    public FileTooLargeException(long maxBytes)
        : base($"The file is larger than {maxBytes} bytes.")
    {
    }

    public FileTooLargeException(string message)
        : base(message)
    {
    }
}
