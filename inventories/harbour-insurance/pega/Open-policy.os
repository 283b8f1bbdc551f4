<OpenSpanDesignDocument Version="19.1.0.30" Serializer="2.0" Culture="en-GB">
  <ComponentInfo>
    <Type Value="OpenSpan.Automation.Automator" />
    <Assembly Value="OpenSpan.Automation" />
  </ComponentInfo>
</OpenSpanDesignDocument>
