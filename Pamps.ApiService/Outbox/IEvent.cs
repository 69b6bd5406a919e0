namespace Pamps.ApiService.Outbox;

/// <summary>Marks a record of <c>Events.cs</c>. Its type name is what is stored, so a record is never renamed while messages wait.</summary>
internal interface IEvent;
