namespace Pamps.ApiService.Features.Billing;

/// <summary>In which of the two encodings of real files a CSV file is written.</summary>
internal enum CsvEncoding
{
    Utf8 = 0,
    Windows1252 = 1,
}
