using System.Data;
using Npgsql;
using Pamps.ApiService.Data;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Reads a stored file from any place on, a chunk at a time.</summary>
internal sealed class StoredFile(NpgsqlConnection connection, long importId, long position) : Stream
{
    private readonly byte[] _chunk = new byte[BoletoImportChunk.Size];
    private int _number = (int)(position / BoletoImportChunk.Size);
    private int _skip = (int)(position % BoletoImportChunk.Size);
    private int _start;
    private int _end;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end && !_ended)
        {
            await LoadAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _chunk.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The file is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select data from boleto_import_chunks where import_id = $1 and number = $2", connection)
        {
            Parameters = { new() { Value = importId }, new() { Value = _number } },
        };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            _ended = true;
            return;
        }

        await using var data = await reader.GetStreamAsync(0, cancellationToken);
        _end = await data.ReadAtLeastAsync(_chunk, _chunk.Length, throwOnEndOfStream: false, cancellationToken);
        _start = Math.Min(_skip, _end);
        _skip = 0;
        _number++;
        _ended = _end < _chunk.Length;
    }
}
